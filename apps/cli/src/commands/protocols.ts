import { type AnyProtocol, catalog } from "@etalon/measure";
import { readArguments } from "../arguments.ts";
import { printJson, type Terminal } from "../terminal.ts";
import { protocolsText } from "../text/protocols-text.ts";

/** `etalon protocols`: what can be measured, from what, with which parameters, on whose authority. */
export async function protocols(argv: readonly string[], terminal: Terminal): Promise<number> {
  readArguments(argv, { options: [], pairs: [] });
  if (terminal.isJson) printJson(terminal, { schema: "etalon.protocols/1", protocols: catalog.map(describe) });
  else terminal.out(protocolsText(catalog, terminal.language));
  return 0;
}

/** A protocol without its functions. */
function describe(protocol: AnyProtocol): Record<string, unknown> {
  const { id, version, title, parameters, outputs, references, replay } = protocol;
  const roles = Object.entries(protocol.roles).map(([name, role]) =>
    role.kind === "series"
      ? { id: name, kind: role.kind, title: role.title, unit: role.unit, minimumSlices: role.minimumSlices }
      : { id: name, ...role },
  );
  return {
    id,
    version,
    title,
    roles,
    parameters: Object.entries(parameters).map(([name, parameter]) => ({ id: name, ...parameter })),
    outputs: Object.entries(outputs).map(([name, output]) => ({ id: name, ...output })),
    references,
    replay,
  };
}
