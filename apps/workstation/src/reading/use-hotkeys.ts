import { useEffect, useEffectEvent } from "react";
import { type ActionName, hotkeyMeaning } from "./hotkeys.ts";
import type { Room } from "./room-context.ts";
import { runAction, runPreset } from "./run-action.ts";

/** Keys belong to these while they have the focus: what is typed, chosen and pressed there is theirs. */
const ownKeys = "input, select, textarea, [contenteditable], [role=dialog]";

/** Listens to the keys of the reading room. */
export function useHotkeys(
  room: Room,
  {
    onHelp,
    onLesions,
  }: {
    readonly onHelp: () => void;
    /** What a key asks of the lesions; whether it was theirs to do. */
    readonly onLesions: (name: ActionName) => boolean;
  },
): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    if (target instanceof Element && target.closest(ownKeys) !== null) return;
    // Space presses the button that has the focus.
    if (event.key === " " && target instanceof Element && target.closest("button, a") !== null) return;
    const meaning = hotkeyMeaning(event);
    if (meaning === undefined) return;
    const isOurs =
      meaning.kind === "preset"
        ? runPreset(meaning.key, room)
        : onLesions(meaning.name) || runAction(meaning.name, room);
    if (meaning.kind === "action" && meaning.name === "help") onHelp();
    else if (!isOurs) return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => pressed(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}
