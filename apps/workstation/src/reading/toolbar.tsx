import { Group, NativeSelect, NumberInput } from "@mantine/core";
import { memo, type ReactNode } from "react";
import { useTexts } from "../text/language.tsx";
import { type ActionName, hotkeys } from "./hotkeys.ts";
import styles from "./reading.module.css";
import { type Room, useRoomContext, useRoomState, useShownStack } from "./room-context.ts";
import { layouts, type Tool, tools } from "./room-state.ts";
import { roomTexts } from "./room-texts.ts";
import { runAction, runPreset } from "./run-action.ts";
import { recordedRate } from "./time-axis.ts";
import { toolIcons } from "./tool-icons.tsx";
import { presetsOf } from "./window-presets.ts";

/** Tools, windows, layouts: everything in it has a key, which its title says. */
export const Toolbar = memo(function Toolbar({ onHelp }: { readonly onHelp: () => void }): ReactNode {
  const room = useRoomContext();
  const { dispatch, marks } = room;
  const texts = useTexts(roomTexts);
  const tool = useRoomState((state) => state.tool);
  const layout = useRoomState((state) => state.layout);
  const isLinked = useRoomState((state) => state.linkedAt !== undefined);
  const hasPlanes = useRoomState((state) => state.hasPlanes);
  const isPlaying = useRoomState((state) => state.isPlaying);
  const rate = useRoomState((state) => state.framesPerSecond);
  const active = useShownStack(useRoomState((state) => state.active));
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={texts.tool}>
      <div className={styles.toolGroup}>
        {tools.map((one) => (
          <ToolButton key={one} tool={one} isOn={tool === one} onClick={() => dispatch({ kind: "tool", tool: one })} />
        ))}
      </div>
      <div className={styles.toolGroup}>
        {(["rotateLeft", "rotateRight", "flipHorizontal", "flipVertical", "invert", "reset"] as const).map((name) => (
          <ActionButton key={name} name={name} room={room} />
        ))}
      </div>
      <div className={styles.toolGroup}>
        <ActionButton name="undo" room={room} isOff={marks.log.done.length === 0} />
        <ActionButton name="redo" room={room} isOff={marks.log.undone.length === 0} />
      </div>
      <PresetSelect room={room} modality={active?.modality ?? ""} />
      <div className={styles.toolGroup} role="group" aria-label={texts.layout}>
        <NativeSelect
          size="xs"
          w={84}
          aria-label={texts.layout}
          title={texts.layout}
          data-testid="layout"
          value={layout}
          data={layouts.map((one) => ({ value: one, label: one.replace("x", " × ") }))}
          onChange={({ currentTarget: { value } }) => {
            const chosen = layouts.find((one) => one === value);
            if (chosen !== undefined) dispatch({ kind: "layout", layout: chosen });
          }}
        />
        <ActionButton name="link" room={room} isOn={isLinked} isOff={layout === "1x1"} />
        <ActionButton name="planes" room={room} isOn={hasPlanes} isOff={active?.stack === undefined} />
      </div>
      <Group gap={4} wrap="nowrap">
        <ActionButton name="cine" room={room} isOn={isPlaying} />
        <NumberInput
          size="xs"
          w={58}
          min={1}
          max={60}
          aria-label={texts.fps}
          title={texts.fps}
          value={rate ?? (active === undefined ? "" : Math.round(10 * recordedRate(active)) / 10)}
          onChange={(value) =>
            typeof value === "number" && value > 0 && dispatch({ kind: "rate", framesPerSecond: value })
          }
        />
      </Group>
      <button
        type="button"
        className={styles.tool}
        onClick={onHelp}
        title={texts.keysTitle}
        aria-label={texts.keysTitle}
      >
        ?
      </button>
    </div>
  );
});

function ToolButton(props: { readonly tool: Tool; readonly isOn: boolean; readonly onClick: () => void }): ReactNode {
  const texts = useTexts(roomTexts);
  const name: ActionName = `${props.tool}Tool`;
  const label = texts[`action.${name}`];
  return (
    <button
      type="button"
      className={styles.tool}
      aria-pressed={props.isOn}
      aria-label={label}
      title={`${label} (${hotkeys[name].join(", ")})`}
      onClick={props.onClick}
    >
      {toolIcons[name]}
    </button>
  );
}

interface ActionButtonProps {
  readonly name: ActionName;
  readonly room: Room;
  readonly isOn?: boolean;
  readonly isOff?: boolean;
}

function ActionButton({ name, room, isOn, isOff = false }: ActionButtonProps): ReactNode {
  const texts = useTexts(roomTexts);
  const label = texts[`action.${name}`];
  return (
    <button
      type="button"
      className={styles.tool}
      disabled={isOff}
      aria-label={label}
      {...(isOn === undefined ? {} : { "aria-pressed": isOn })}
      title={`${label} (${hotkeys[name].map((key) => (key === " " ? "␣" : key)).join(", ")})`}
      onClick={() => runAction(name, room)}
    >
      {toolIcons[name] ?? label}
    </button>
  );
}

function PresetSelect({ room, modality }: { readonly room: Room; readonly modality: string }): ReactNode {
  const texts = useTexts(roomTexts);
  const presets = presetsOf(modality);
  return (
    <NativeSelect
      size="xs"
      w={150}
      aria-label={texts.presets}
      value=""
      data={[
        { value: "", label: texts.presets },
        ...presets.map(({ key, name }) => ({ value: key, label: `${key}  ${texts[`preset.${name}`]}` })),
      ]}
      onChange={(event) => runPreset(event.currentTarget.value, room)}
    />
  );
}
