/** What the instances of one study or series say of it, in the order in which they came. */
interface Said {
  readonly attributes: string;
  readonly changed_at: Date;
  readonly modalities?: string[];
  readonly sop_classes?: string[];
}

/**
 * One row of what several instances say of their study or series: each column from the first that has a value, attributes of
 * DICOM JSON one by one, and lists together. Nothing but this is written for all of them, as if they had come one by one.
 */
export function mergedColumns<Columns extends Said>([first, ...others]: readonly Columns[]): Columns {
  if (first === undefined) throw new Error("no instance says anything");
  const merged = new Map<string, unknown>(Object.entries(first));
  const documents = new Set([first.attributes]);
  for (const columns of others) {
    for (const [name, value] of Object.entries(columns)) merged.set(name, merged.get(name) ?? value);
    documents.add(columns.attributes);
  }
  return {
    ...first,
    ...Object.fromEntries(merged),
    // The last that came says when the row changed.
    changed_at: (others.at(-1) ?? first).changed_at,
    attributes: mergedDocument([...documents]),
    ...(first.modalities === undefined ? {} : { modalities: listed([first, ...others], "modalities") }),
    ...(first.sop_classes === undefined ? {} : { sop_classes: listed([first, ...others], "sop_classes") }),
  };
}

/** Each attribute from the first document that has it. Most often all documents are one. */
function mergedDocument(documents: readonly string[]): string {
  const [first = "{}"] = documents;
  if (documents.length < 2) return first;
  return JSON.stringify(Object.assign({}, ...documents.toReversed().map((document): unknown => JSON.parse(document))));
}

function listed(all: readonly Said[], name: "modalities" | "sop_classes"): string[] {
  return [...new Set(all.flatMap((columns) => columns[name] ?? []))].toSorted();
}
