/** What stands in a trace or a refusal where a sensitive fact's value would. */
export const WITHHELD = "withheld";
