import { Alert, Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { changePassword } from "../api/session.ts";
import { appTexts } from "../app/app-texts.ts";
import { explain } from "../app/explain.ts";
import { sessionKey } from "../app/use-session.ts";
import { useTexts } from "../text/language.tsx";
import { signInTexts } from "./sign-in-texts.ts";

/** A password of one's own in place of the one-time one; one signs in anew with it. */
export function PasswordForm(): ReactNode {
  const texts = useTexts(signInTexts);
  const common = useTexts(appTexts);
  const queries = useQueryClient();
  const changing = useMutation({
    mutationFn: changePassword,
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionKey }),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    changing.mutate({ currentPassword: String(form.get("current")), newPassword: String(form.get("new")) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Title order={1}>{texts.newTitle}</Title>
        <Text size="sm">{texts.newWhy}</Text>
        <PasswordInput name="current" label={texts.current} autoComplete="current-password" required />
        <PasswordInput
          name="new"
          label={texts.newPassword}
          description={texts.newHint}
          autoComplete="new-password"
          minLength={12}
          required
        />
        {changing.error === null ? null : (
          <Alert color="red" p="xs" role="alert">
            {explain(changing.error, common)}
          </Alert>
        )}
        <Button type="submit" loading={changing.isPending}>
          {texts.change}
        </Button>
      </Stack>
    </form>
  );
}
