import { Anchor, Group, Text, Tooltip } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { askWithToken } from "../api/authorization.ts";
import { answerHere } from "../api/own-answers.ts";
import { serverUrl } from "../api/server-url.ts";
import { PageFrame, Reader } from "../app/app.tsx";
import { useTexts } from "../text/language.tsx";
import { answerShare } from "./answer-share.ts";
import { beginVisit, type Visit } from "./begin-visit.ts";
import { ShareDoor } from "./share-door.tsx";
import { shareTexts } from "./share-texts.ts";
import { visitor } from "./visitor.ts";

/** The page of a share: its door, then its studies in the viewer, to look at. */
export function SharePage({ link }: { readonly link: string }): ReactNode {
  return (
    <PageFrame>
      <Visited link={link} />
    </PageFrame>
  );
}

function Visited({ link }: { readonly link: string }): ReactNode {
  const [visit, setVisit] = useState<Visit>();
  const enter = useCallback(
    async (password: string): Promise<void> => {
      const next = await beginVisit(link, password);
      if (next.kind === "open") {
        askWithToken(next.token);
        answerHere(answerShare(() => setVisit({ kind: "ended" })));
      }
      setVisit(next);
    },
    [link],
  );
  useEffect(() => {
    enter("");
  }, [enter]);
  const downloadUrl = serverUrl(`share/${link}`);
  if (visit?.kind !== "open") return <ShareDoor visit={visit} downloadUrl={downloadUrl} enter={enter} />;
  return <Reader session={visitor} notice={<ShareNotice downloadUrl={downloadUrl} />} />;
}

function ShareNotice({ downloadUrl }: { readonly downloadUrl: string }): ReactNode {
  const texts = useTexts(shareTexts);
  return (
    <Group gap={8} wrap="nowrap">
      <Tooltip label={texts.noticeMore} multiline w={320}>
        <Text size="xs" fw={600} data-testid="shared" tabIndex={0}>
          {texts.notice}
        </Text>
      </Tooltip>
      <Anchor size="xs" href={downloadUrl}>
        {texts.download}
      </Anchor>
    </Group>
  );
}
