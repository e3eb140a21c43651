import { notAMedicalDevice } from "@etalon/base";
import { ActionIcon, Badge, Button, Group, Text, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ownAnswerer } from "../api/own-answers.ts";
import { type SessionState, signOut } from "../api/session.ts";
import { routeHash } from "../route/route.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import styles from "./app.module.css";
import { appTexts } from "./app-texts.ts";
import { sessionKey } from "./use-session.ts";

/** The line at the top: where one is, that this is no medical device, who is signed in. */
export function Header({
  session,
  children,
}: {
  readonly session: SessionState;
  readonly children?: ReactNode;
}): ReactNode {
  const { language, setLanguage } = useLanguage();
  const texts = useTexts(appTexts);
  return (
    <header className={styles.header}>
      <a href={routeHash({ page: "worklist" })} className={styles.brand} aria-label={`Etalon, ${texts.worklist}`}>
        <img src="./etalon.svg" alt="" width={20} height={20} />
        <span>Etalon</span>
      </a>
      <div className={styles.headerMiddle}>{children}</div>
      <Group gap={10} wrap="nowrap">
        <Badge variant="light" color="orange" radius="sm" size="sm" className={styles.notice}>
          {notAMedicalDevice[language]}
        </Badge>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          lang={language === "en" ? "fr" : "en"}
          onClick={() => setLanguage(language === "en" ? "fr" : "en")}
        >
          {texts.otherLanguage}
        </Button>
        <SchemeSwitch />
        <WhoIsThere session={session} />
      </Group>
    </header>
  );
}

function SchemeSwitch(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const texts = useTexts(appTexts);
  const isDark = colorScheme !== "light";
  const label = isDark ? texts.light : texts.dark;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={label}
      data-testid="theme"
      title={label}
      onClick={() => setColorScheme(isDark ? "light" : "dark")}
    >
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
      </svg>
    </ActionIcon>
  );
}

function WhoIsThere({ session }: { readonly session: SessionState }): ReactNode {
  const texts = useTexts(appTexts);
  const queries = useQueryClient();
  // Who reads without a server, or by a share, is not signed in.
  if (session === "nobody" || ownAnswerer() !== undefined) return null;
  if (session === "off") {
    return (
      <Text size="xs" c="dimmed">
        {texts.accountsOff}
      </Text>
    );
  }
  const leave = async (): Promise<void> => {
    await signOut().catch(() => {});
    queries.clear();
    await queries.invalidateQueries({ queryKey: sessionKey });
  };
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="xs" className={styles.who} data-testid="who">
        {session.displayName || session.name}
      </Text>
      <Button variant="default" size="compact-xs" onClick={leave}>
        {texts.signOut}
      </Button>
    </Group>
  );
}
