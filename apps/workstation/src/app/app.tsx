import { MantineProvider, Stack, Text } from "@mantine/core";
import { type QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import type { SessionState } from "../api/session.ts";
import { useRoute } from "../route/route.ts";
import { SignInPage } from "../sign-in/sign-in-page.tsx";
import { LanguageProvider, useTexts } from "../text/language.tsx";
import type { GivenFile } from "../upload/gather-files.ts";
import { WorklistPage } from "../worklist/worklist-page.tsx";
import styles from "./app.module.css";
import { appTexts } from "./app-texts.ts";
import { createQueries } from "./create-queries.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { explain } from "./explain.ts";
import { Header } from "./header.tsx";
import { LateLoader } from "./late-loader.tsx";
import { OfflineNotice } from "./offline-notice.tsx";
import { onDemand } from "./on-demand.tsx";
import { prepareStudy } from "./prepare-study.ts";
import { theme } from "./theme.ts";
import { useSession } from "./use-session.ts";

/** The reading room is loaded with the first study. */
const readingRoom = onDemand(async () => (await import("../reading/reading-room.tsx")).ReadingRoom, PageLoader);

/** What decodes images is ready before the first of them is known. */
const loadDecoding = async () => (await import("../viewport/picture-store.ts")).prepareDecoding();

/** What a page of its own kind adds. */
export interface AppParts {
  /** Stands in the line at the top. */
  readonly notice?: ReactNode;
  /** Files to begin with. */
  readonly givenFiles?: () => Promise<readonly GivenFile[]>;
}

/** The page. */
export function App({
  queries,
  ...parts
}: AppParts & {
  /** What was asked for before. */
  readonly queries?: QueryClient;
}): ReactNode {
  return (
    <PageFrame {...(queries === undefined ? {} : { queries })}>
      <Shell {...parts} />
    </PageFrame>
  );
}

/** What everything on a page stands in: theme, what is asked of the server, language, and what catches a failure. */
export function PageFrame({
  children,
  queries: given,
}: {
  readonly children: ReactNode;
  readonly queries?: QueryClient;
}): ReactNode {
  const [queries] = useState(() => given ?? createQueries());
  return (
    <MantineProvider theme={theme} defaultColorScheme="dark">
      <QueryClientProvider client={queries}>
        <LanguageProvider>
          <ErrorBoundary>{children}</ErrorBoundary>
        </LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Shell(parts: AppParts): ReactNode {
  const session = useSession();
  const texts = useTexts(appTexts);
  const queries = useQueryClient();
  const route = useRoute();
  const asked = route.page === "study" ? route.studyInstanceUid : undefined;
  // Before it has been answered who is signed in, and while the room is being loaded.
  useEffect(() => {
    if (asked === undefined) return;
    prepareStudy(queries, asked);
    // What does not come says so where it is needed.
    loadDecoding().catch(() => {});
    readingRoom.preload().catch(() => {});
  }, [queries, asked]);
  if (session.data === undefined) {
    return (
      <Stack align="center" justify="center" h="100dvh">
        <OfflineNotice />
        {session.error === null ? <LateLoader label={texts.loading} /> : <Text>{explain(session.error, texts)}</Text>}
      </Stack>
    );
  }
  return session.data === "nobody" || mustChange(session.data) ? (
    <SignInPage session={session.data} />
  ) : (
    <Reader session={session.data} {...parts} />
  );
}

function mustChange(session: SessionState): boolean {
  return typeof session === "object" && session.mustChangePassword;
}

/** The list of studies and the reading room, for who may see them. */
export function Reader({ session, notice, givenFiles }: AppParts & { readonly session: SessionState }): ReactNode {
  const route = useRoute();
  const texts = useTexts(appTexts);
  return (
    <div className={styles.shell}>
      <button type="button" className={styles.skip} onClick={() => document.getElementById("main")?.focus()}>
        {texts.skip}
      </button>
      <Header session={session}>{notice}</Header>
      <OfflineNotice />
      <main id="main" className={styles.main} tabIndex={-1}>
        <ErrorBoundary key={route.page}>
          {route.page === "worklist" ? (
            <WorklistPage session={session} {...(givenFiles === undefined ? {} : { givenFiles })} />
          ) : (
            <readingRoom.Component key={route.studyInstanceUid} studyInstanceUid={route.studyInstanceUid} />
          )}
        </ErrorBoundary>
      </main>
    </div>
  );
}

function PageLoader(): ReactNode {
  return <LateLoader label={useTexts(appTexts).loading} />;
}
