import { createTheme, type MantineThemeOverride } from "@mantine/core";

/** Calm and dense: small type, one accent, greys without a tint that would colour how an image is seen. */
export const theme: MantineThemeOverride = createTheme({
  fontFamily: 'Inter, "Segoe UI", system-ui, -apple-system, "Helvetica Neue", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: '"JetBrains Mono", ui-monospace, "DejaVu Sans Mono", monospace',
  primaryColor: "teal",
  primaryShade: 9,
  defaultRadius: 4,
  fontSizes: { xs: "11px", sm: "12.5px", md: "14px", lg: "16px", xl: "19px" },
  headings: { sizes: { h1: { fontSize: "20px" }, h2: { fontSize: "16px" }, h3: { fontSize: "13.5px" } } },
  colors: {
    dark: [
      "#d5d9dc",
      "#b3b9be",
      "#959da3",
      "#6f787f",
      "#434b52",
      "#2c3338",
      "#1d2226",
      "#14181b",
      "#0e1113",
      "#08090b",
    ],
  },
});
