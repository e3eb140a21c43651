import { Alert, Anchor, Button, Paper, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { LateLoader } from "../app/late-loader.tsx";
import { useTexts } from "../text/language.tsx";
import type { Visit } from "./begin-visit.ts";
import { shareTexts } from "./share-texts.ts";

interface Props {
  /** Absent while the server is asked. */
  readonly visit: Exclude<Visit, { readonly kind: "open" }> | undefined;
  /** Where the ZIP of the share is. */
  readonly downloadUrl: string;
  readonly enter: (password: string) => void;
}

/** What stands before a share's images: its password, or why there are none. */
export function ShareDoor({ visit, downloadUrl, enter }: Props): ReactNode {
  const texts = useTexts(shareTexts);
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    enter(password);
  };
  const asksPassword = visit !== undefined && ["password", "wrong-password", "too-many"].includes(visit.kind);
  return (
    <Stack component="main" align="center" pt="12vh" px="md">
      <Paper withBorder p="xl" w="100%" maw={440}>
        <Stack gap="md">
          <Title order={1} size="h3">
            {texts.title}
          </Title>
          {visit === undefined ? <LateLoader label={texts.loading} /> : null}
          {visit === undefined || visit.kind === "password" ? null : (
            <Alert color={visit.kind === "without-identity" ? "blue" : "orange"} role="alert" data-testid="door">
              {texts[visit.kind]}
            </Alert>
          )}
          {asksPassword ? (
            <form onSubmit={submit}>
              <Stack gap="sm">
                <Text size="sm">{texts.password}</Text>
                <PasswordInput
                  label={texts.passwordField}
                  value={password}
                  autoComplete="off"
                  onChange={({ currentTarget }) => setPassword(currentTarget.value)}
                />
                <Button type="submit">{texts.open}</Button>
              </Stack>
            </form>
          ) : null}
          {visit?.kind === "unreachable" ? <Button onClick={() => enter("")}>{texts.tryAgain}</Button> : null}
          {visit?.kind === "without-identity" ? <Anchor href={downloadUrl}>{texts.download}</Anchor> : null}
        </Stack>
      </Paper>
    </Stack>
  );
}
