import type { ShownPicture } from "./open-studies.ts";
import type { StoredFolder } from "./store-shared-data.ts";

/** docs/contact-sheet.md: what opened, how fast, and what did not. */
export function contactSheetPage(pictures: readonly ShownPicture[], refused: StoredFolder["refused"]): string {
  const rows = pictures.map(
    ({ file, modality, images, firstImageMs, error }) =>
      `| ${file} | ${modality} | ${images} | ${firstImageMs === undefined ? "" : Math.round(firstImageMs)} | ${(error ?? "").replaceAll("|", "/")} |`,
  );
  const opened = pictures.filter(({ error, firstImageMs }) => error === undefined && firstImageMs !== undefined);
  const times = opened.map(({ firstImageMs }) => firstImageMs ?? 0).sort((a, b) => a - b);
  return `# Contact sheet

Written by \`npm run contact-sheet\` (\`bench/src/pages/run-contact-sheet.ts\`): every file of the shared data that may be DICOM is
stored by STOW-RS, and every stack of images is opened in the workstation, in Debian's Chromium that draws in software. The pictures
themselves are of others and stay on the machine.

${opened.length} of ${pictures.length} stacks open; median time from the click to the first image ${Math.round(times[Math.floor(times.length / 2)] ?? 0)} ms,
longest ${Math.round(times.at(-1) ?? 0)} ms, on a machine of two cores.

| image in the middle of the stack | modality | images | first image, ms | what the page says |
| --- | --- | ---: | ---: | --- |
${rows.join("\n")}

## Refused by the archive

| file | reason (PS3.18 table 10.5.3-1) |
| --- | --- |
${refused.map(({ file, reason }) => `| ${file} | ${reason} |`).join("\n")}
`;
}
