import type { QueryLevel } from "../query.ts";

/**
 * General Study, Patient Study and Clinical Trial attributes outside the groups that are the patient's or the visit's
 * (PS3.3 C.7.2.1, C.7.2.2, C.7.1.3, C.7.2.3; PS3.4 tables C.6-1, C.6-2 and C.6-5).
 */
const studyTags: ReadonlySet<string> = new Set(
  `00080020 00080030 00080050 00080051 00080056 00080061 00080062 00080063 00080090 00080096 0008009C 0008009D 00080201
   00081030 00081032 00081048 00081049 00081060 00081062 00081080 00081084 00081110 00081120
   00120010 00120020 00120021 00120030 00120031 00120040 00120042 00120050 00120051 00120062 00120063 00120064 00120081
   00120082 00120083 0020000D 00200010 00201070 00201200 00201202 00201204 00201206 00201208 00401012 00321032 00321033
   00321060 00321064`.split(/\s+/),
);

/** General Series, General Equipment, Frame of Reference and Clinical Trial Series (PS3.3 C.7.3.1, C.7.5.1, C.7.4.1). */
const seriesTags: ReadonlySet<string> = new Set(
  `00080021 00080031 00080060 00080070 00080080 00080081 00080082 00081010 0008103E 0008103F 00081040 00081041 00081050
   00081052 00081070 00081072 00081090 00081111 00081250 00120060 00120071 00120072 00180015 00181000 00181002 00181008
   00181020 00181030 00181050 00181200 00181201 00185100 0020000E 00200011 00200052 00200060 00201040 00201209
   00280108 00280109 00400244 00400245 00400250 00400251 00400253 00400254 00400260 00400275 00400280`.split(/\s+/),
);

/**
 * The entity that an attribute of a composite object describes, by its tag (eight upper-case hexadecimal digits): what the
 * archive keeps once with the study (groups 0010 patient and 0038 visit among them), once with the series, or with each
 * instance. Of a path through sequences the first tag decides.
 */
export function levelOfTag(tag: string): QueryLevel {
  if (tag.startsWith("0010") || tag.startsWith("0038") || studyTags.has(tag)) return "study";
  return seriesTags.has(tag) ? "series" : "instance";
}
