/** What OpenAPI shows of a route; nothing is checked by it, handlers check what they take. */
export interface ApiSchema {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly params?: object;
  readonly querystring?: object;
  readonly consumes?: readonly string[];
  readonly produces?: readonly string[];
  readonly body?: object;
  readonly response?: object;
}

/** What a route says of itself. */
export interface RouteWords {
  readonly tag: "STOW-RS" | "QIDO-RS" | "WADO-RS" | "Extension";
  readonly summary: string;
  readonly description?: string;
  /** Media types of the answer. */
  readonly produces?: readonly string[];
  /** Statuses by number, with when they come. */
  readonly statuses?: Readonly<Record<number, string>>;
  /** Query parameters with what they do. */
  readonly query?: Readonly<Record<string, string>>;
}

const uidPattern = "^[0-9]+(\\.[0-9]+)*$";
const uid = (what: string): object => ({ type: "string", pattern: uidPattern, maxLength: 64, description: what });

const pathParameters: Readonly<Record<string, object>> = {
  study: uid("Study Instance UID"),
  series: uid("Series Instance UID"),
  instance: uid("SOP Instance UID"),
  frames: { type: "string", pattern: "^[0-9]+(,[0-9]+)*$", description: "Frame numbers from 1 on, with commas" },
};

const commonStatuses: Readonly<Record<number, string>> = {
  400: "The request is malformed: a UID, a parameter, a header.",
  404: "Nothing of that name is in the archive.",
};

/** The OpenAPI description of the route at a path. */
export function apiSchema(path: string, words: RouteWords): ApiSchema {
  const names = [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  const query = {
    ...words.query,
    ...(words.tag === "STOW-RS" || words.tag === "QIDO-RS"
      ? {}
      : {
          "etalon-version":
            "The version with this data set: SHA-256 of everything after group 0002. The current one where absent.",
        }),
    ...(words.produces === undefined
      ? {}
      : { accept: "Media types instead of the Accept header (PS3.18 section 8.3.3.1)" }),
  };
  const statuses = { ...commonStatuses, ...words.statuses };
  return {
    tags: [words.tag],
    summary: words.summary,
    ...(words.description === undefined ? {} : { description: words.description }),
    ...(words.produces === undefined ? {} : { produces: words.produces }),
    ...(names.length === 0
      ? {}
      : {
          params: {
            type: "object",
            properties: Object.fromEntries(names.map((name) => [name, pathParameters[name] ?? { type: "string" }])),
          },
        }),
    querystring: {
      type: "object",
      properties: Object.fromEntries(
        Object.entries(query).map(([name, description]) => [name, { type: "string", description }]),
      ),
    },
    response: Object.fromEntries(
      Object.entries(statuses).map(([status, description]) => [status, { type: "string", description }]),
    ),
  };
}
