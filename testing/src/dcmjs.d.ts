/** The part of dcmjs that tests use; the package has no types. */
declare module "dcmjs" {
  interface DcmjsElement {
    readonly vr: string;
    readonly Value?: readonly unknown[];
  }
  const dcmjs: {
    readonly data: {
      readonly DicomMessage: {
        readonly readFile: (bytes: ArrayBuffer) => { readonly dict: Readonly<Record<string, DcmjsElement>> };
      };
    };
  };
  export default dcmjs;
}
