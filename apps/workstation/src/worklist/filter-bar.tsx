import { Button, NativeSelect, TextInput } from "@mantine/core";
import type { ChangeEvent, ReactNode } from "react";
import { everyStudy, type StudyFilter } from "../api/studies.ts";
import { useTexts } from "../text/language.tsx";
import type { ResultFilter } from "./sort-studies.ts";
import styles from "./worklist.module.css";
import { worklistTexts } from "./worklist-texts.ts";

/** Modalities that are asked for most (PS3.3 C.7.3.1.1.1). */
const modalities = ["CT", "MR", "US", "XA", "MG", "CR", "DX", "NM", "PT", "SR", "SEG"];

interface Props {
  readonly filter: StudyFilter;
  readonly onFilter: (filter: StudyFilter) => void;
  readonly result: ResultFilter;
  readonly onResult: (result: ResultFilter) => void;
}

/** The filters above the list. */
export function FilterBar({ filter, onFilter, result, onResult }: Props): ReactNode {
  const texts = useTexts(worklistTexts);
  const field = (name: keyof StudyFilter, label: string) => ({
    size: "xs" as const,
    "aria-label": label,
    value: filter[name],
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      onFilter({ ...filter, [name]: event.currentTarget.value }),
  });
  const results: readonly { readonly value: ResultFilter; readonly label: string }[] = [
    { value: "any", label: texts.anyResult },
    { value: "measured", label: texts.withResult },
    { value: "provisional", label: texts.provisionalOnly },
    { value: "none", label: texts.withoutResult },
  ];
  return (
    <search className={styles.filters}>
      <TextInput {...field("patient", texts.filterName)} placeholder={texts.filterName} w={190} />
      <TextInput {...field("patientId", texts.filterId)} placeholder={texts.filterId} w={130} />
      <TextInput {...field("from", texts.from)} type="date" w={132} title={texts.from} />
      <TextInput {...field("to", texts.to)} type="date" w={132} title={texts.to} />
      <NativeSelect
        {...field("modality", texts.filterModality)}
        data={[{ value: "", label: texts.anyModality }, ...modalities]}
        w={140}
      />
      <TextInput
        {...field("description", texts.filterDescription)}
        placeholder={texts.filterDescription}
        className={styles.grow}
      />
      <NativeSelect
        size="xs"
        aria-label={texts.filterResult}
        value={result}
        data={[...results]}
        onChange={(event) => onResult(results.find(({ value }) => value === event.currentTarget.value)?.value ?? "any")}
        w={170}
      />
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        onClick={() => {
          onFilter(everyStudy);
          onResult("any");
        }}
      >
        {texts.clear}
      </Button>
    </search>
  );
}
