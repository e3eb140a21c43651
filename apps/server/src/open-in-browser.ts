import open from "open";

/**
 * Opens an address in the browser of whoever sits at this machine. Where there is none, nothing happens: the address stands
 * on the start screen.
 */
export async function openInBrowser(
  address: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (process.platform === "linux" && !hasScreen(environment)) return;
  const browser = await open(address).catch(() => undefined);
  browser?.on("error", () => {});
}

function hasScreen(environment: Readonly<Record<string, string | undefined>>): boolean {
  return ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].some((name) => (environment[name] ?? "") !== "");
}
