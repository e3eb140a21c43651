const minuteMs = 60_000;

/** What is remembered; the oldest is new again. */
const mostRemembered = 10_000;

/** Whether something was not met within the last minute: what somebody repeats must not fill the log. */
export function onceAMinute(clock: () => Date): (key: string) => boolean {
  const met = new Map<string, number>();
  return (key) => {
    const nowMs = clock().getTime();
    if (nowMs - (met.get(key) ?? Number.NEGATIVE_INFINITY) < minuteMs) return false;
    met.delete(key);
    met.set(key, nowMs);
    const [oldest] = met.keys();
    if (met.size > mostRemembered && oldest !== undefined) met.delete(oldest);
    return true;
  };
}
