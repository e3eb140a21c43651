/**
 * As much of XMLHttpRequest as dicomweb-client uses, over `fetch`: Node has none. One request at a time of each object.
 */
export class FetchXhr {
  readyState = 0;
  status = 0;
  response: unknown = null;
  responseType = "";
  withCredentials = false;
  onreadystatechange: (() => void) | undefined;
  onloadstart: (() => void) | undefined;
  onloadend: (() => void) | undefined;
  readonly #sent = new Headers();
  #received = new Headers();
  #method = "GET";
  #url = "";

  open(method: string, url: string): void {
    this.#method = method.toUpperCase();
    this.#url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.#sent.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.#received.get(name);
  }

  getAllResponseHeaders(): string {
    return [...this.#received].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  }

  send(body?: BodyInit): void {
    const init = { method: this.#method, headers: this.#sent, ...(body === undefined ? {} : { body }) };
    fetch(this.#url, init).then(
      async (answer) => {
        this.#received = answer.headers;
        this.response = await this.#read(answer);
        this.#end(answer.status);
      },
      () => this.#end(0),
    );
  }

  #read(answer: Response): Promise<unknown> {
    if (this.responseType === "arraybuffer") return answer.arrayBuffer();
    if (this.responseType === "blob") return answer.blob();
    return this.responseType === "json" ? answer.json() : answer.text();
  }

  #end(status: number): void {
    this.status = status;
    this.readyState = 4;
    this.onreadystatechange?.();
    this.onloadend?.();
  }
}
