import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { ApiError } from "../api/api-error.ts";
import { signIn } from "../api/session.ts";
import { appTexts } from "../app/app-texts.ts";
import { explain } from "../app/explain.ts";
import { sessionKey } from "../app/use-session.ts";
import { useTexts } from "../text/language.tsx";
import { signInTexts } from "./sign-in-texts.ts";

/** Name and password. */
export function SignInForm(): ReactNode {
  const texts = useTexts(signInTexts);
  const common = useTexts(appTexts);
  const queries = useQueryClient();
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: (session) => queries.setQueryData(sessionKey, session),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    entering.mutate({ name: String(form.get("name")), password: String(form.get("password")) });
  };
  const isRefused = entering.error instanceof ApiError && entering.error.code === "sign-in-refused";
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Title order={1}>{texts.title}</Title>
        <TextInput name="name" label={texts.name} autoComplete="username" required autoFocus />
        <PasswordInput name="password" label={texts.password} autoComplete="current-password" required />
        {entering.error === null ? null : (
          <Alert color="red" p="xs" role="alert">
            {isRefused ? texts.refused : explain(entering.error, common)}
          </Alert>
        )}
        <Button type="submit" loading={entering.isPending} mt="xs">
          {texts.enter}
        </Button>
        <Text size="xs" c="dimmed">
          {texts.first}
        </Text>
      </Stack>
    </form>
  );
}
