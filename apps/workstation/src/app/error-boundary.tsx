import { Button, Code, Stack, Text, Title } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useTexts } from "../text/language.tsx";
import { appTexts } from "./app-texts.ts";

interface Props {
  readonly children: ReactNode;
}

/** Shows in place of a part of the page that has failed what happened, and what to do. */
export class ErrorBoundary extends Component<Props, { readonly error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Failed error={this.state.error} />;
  }
}

function Failed({ error }: { readonly error: unknown }): ReactNode {
  const texts = useTexts(appTexts);
  return (
    <Stack p="xl" maw={640} role="alert">
      <Title order={2}>{texts.failed}</Title>
      <Text>{texts.failedWhat}</Text>
      <Code block>{error instanceof Error ? (error.stack ?? error.message) : String(error)}</Code>
      <Button onClick={() => location.reload()} w="fit-content">
        {texts.reload}
      </Button>
    </Stack>
  );
}
