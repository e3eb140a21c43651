import { Loader } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";

/** Milliseconds in which most things come: a wheel that turns before would only flicker, and takes the time of what it waits for. */
const lateMs = 600;

/** A turning wheel for what takes longer than a moment. */
export function LateLoader({ label }: { readonly label: string }): ReactNode {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), lateMs);
    return () => clearTimeout(timer);
  }, []);
  return isLate ? <Loader m="xl" aria-label={label} /> : null;
}
