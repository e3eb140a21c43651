import { memo, type ReactNode, useState } from "react";
import { onDemand } from "../app/on-demand.tsx";
import { GuidancePanel } from "../panel/guidance-panel.tsx";
import { panelTexts } from "../panel/panel-texts.ts";
import { ProtocolPanel } from "../panel/protocol-panel.tsx";
import { useTexts } from "../text/language.tsx";
import { MeasurementList } from "./measurement-list.tsx";
import { roomTexts } from "./room-texts.ts";
import styles from "./side.module.css";

const tabs = ["measure", "guidance", "report"] as const;

/** The report comes with its editor when it is first looked at. */
const { Component: ReportPanel } = onDemand(async () => (await import("../report/report-panel.tsx")).ReportPanel);

/** The right side: the protocol at work with what it measures, what guidance makes of it, the report. */
export const SidePanel = memo(function SidePanel(): ReactNode {
  const texts = useTexts(roomTexts);
  const panel = useTexts(panelTexts);
  const [tab, setTab] = useState<(typeof tabs)[number]>("measure");
  const titles = { measure: panel.tabMeasure, guidance: panel.tabGuidance, report: panel.tabReport };
  return (
    <aside className={styles.side} aria-label={texts.panel} data-wide={tab === "report"}>
      <div className={styles.tabs} role="tablist">
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`tab-${one}`}
            aria-selected={tab === one}
            aria-controls="side-content"
            data-testid={`tab-${one}`}
            onClick={() => setTab(one)}
          >
            {titles[one]}
          </button>
        ))}
      </div>
      <div id="side-content" role="tabpanel" aria-labelledby={`tab-${tab}`} className={styles.content}>
        {tab === "measure" ? (
          <>
            <ProtocolPanel />
            <MeasurementList />
          </>
        ) : tab === "guidance" ? (
          <GuidancePanel />
        ) : (
          <ReportPanel />
        )}
      </div>
    </aside>
  );
});
