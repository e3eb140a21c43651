/** Milliseconds after which a page that is not looked at goes on: it paints nothing. */
const hiddenMs = 100;

/** Settles when what was drawn is on the screen. */
export function afterPaint(): Promise<void> {
  return new Promise((settle) => {
    const timer = setTimeout(settle, hiddenMs);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(settle);
    });
  });
}
