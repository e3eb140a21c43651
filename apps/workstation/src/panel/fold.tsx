import { type ReactNode, useState } from "react";

/** What is folded away is made when it is opened: a protocol has some thirty fields, and a lesion is edited in a tenth of a second. */
export function Fold({
  summary,
  className,
  children,
}: {
  readonly summary: ReactNode;
  /** Of the summary. */
  readonly className?: string | undefined;
  readonly children: () => ReactNode;
}): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className={className}>{summary}</summary>
      {isOpen ? children() : null}
    </details>
  );
}
