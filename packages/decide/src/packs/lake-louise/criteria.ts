import type { Condition } from "../../engine/condition.ts";
import { knownToBe } from "../../engine/known-condition.ts";

/** Signal ratio of myocardium and skeletal muscle on T2-weighted images from which oedema is global (table 7 of 2009). */
export const GLOBAL_OEDEMA_RATIO = 2;

const patterns = ["mid-wall", "subepicardial", "patchy"] as const;

/** Late enhancement as myocarditis shows it. Another pattern than the named ones is none of them. */
export const nonIschaemicEnhancement: Condition = { any: patterns.map((is) => ({ fact: "lge-pattern", is })) };

/** Late enhancement as an infarct shows it. */
export const ischaemicEnhancement: Condition = {
  any: [
    { fact: "lge-pattern", is: "subendocardial" },
    { fact: "lge-pattern", is: "transmural" },
  ],
};

/** T2-based criterion: T2 raised on the map, or oedema on T2-weighted images, regional or by the global ratio. */
export const t2Criterion: Condition = {
  any: [
    { fact: "t2-mapping-raised", is: true },
    { fact: "t2-oedema-regional", is: true },
    { fact: "t2-signal-ratio", unit: "1", atLeast: GLOBAL_OEDEMA_RATIO },
  ],
};

/** T1-based criterion: native T1 or extracellular volume raised, or late enhancement of a non-ischaemic pattern. */
export const t1Criterion: Condition = {
  any: [{ fact: "native-t1-raised", is: true }, { fact: "ecv-raised", is: true }, nonIschaemicEnhancement],
};

/** One T2-based technique at least was read as normal, and none that was read is positive. Unknown where none was read. */
export const t2NotFound: Condition = {
  all: [
    {
      any: [
        { fact: "t2-mapping-raised", is: false },
        { fact: "t2-oedema-regional", is: false },
        { fact: "t2-signal-ratio", unit: "1", below: GLOBAL_OEDEMA_RATIO },
      ],
    },
    {
      not: {
        any: [
          knownToBe("t2-mapping-raised", true),
          knownToBe("t2-oedema-regional", true),
          {
            all: [
              { fact: "t2-signal-ratio", given: true },
              { fact: "t2-signal-ratio", unit: "1", atLeast: GLOBAL_OEDEMA_RATIO },
            ],
          },
        ],
      },
    },
  ],
};

/** One T1-based technique at least was read as normal, and none that was read is positive. Unknown where none was read. */
export const t1NotFound: Condition = {
  all: [
    {
      any: [
        { fact: "native-t1-raised", is: false },
        { fact: "ecv-raised", is: false },
        { not: nonIschaemicEnhancement },
      ],
    },
    {
      not: {
        any: [
          knownToBe("native-t1-raised", true),
          knownToBe("ecv-raised", true),
          ...patterns.map((pattern) => knownToBe("lge-pattern", pattern)),
        ],
      },
    },
  ],
};

/** Both main criteria. */
export const bothCriteria: Condition = {
  all: [
    { fact: "t2-criterion", is: true },
    { fact: "t1-criterion", is: true },
  ],
};

/** One of the two main criteria, the other looked for and not found. */
export const singleCriterion: Condition = {
  any: [
    {
      all: [
        { fact: "t2-criterion", is: true },
        { fact: "t1-criterion", is: false },
      ],
    },
    {
      all: [
        { fact: "t1-criterion", is: true },
        { fact: "t2-criterion", is: false },
      ],
    },
  ],
};

/** Both main criteria looked for, neither found. */
export const noCriterion: Condition = {
  all: [
    { fact: "t2-criterion", is: false },
    { fact: "t1-criterion", is: false },
  ],
};
