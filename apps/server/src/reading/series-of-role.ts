/** The series of a role's choice, without the phase. */
export function seriesOfRole(choice: string): string {
  return choice.replace(/@\d+$/, "");
}
