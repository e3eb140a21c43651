import { Paper, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { SessionState } from "../api/session.ts";
import { Header } from "../app/header.tsx";
import { OfflineNotice } from "../app/offline-notice.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SignInForm } from "./sign-in-form.tsx";

/** Signing in, and changing a one-time password. */
export function SignInPage({ session }: { readonly session: SessionState }): ReactNode {
  return (
    <>
      <Header session={session} />
      <OfflineNotice />
      <Stack component="main" align="center" pt="12vh" px="md">
        <Paper withBorder p="xl" w="100%" maw={380}>
          {session === "nobody" ? <SignInForm /> : <PasswordForm />}
        </Paper>
      </Stack>
    </>
  );
}
