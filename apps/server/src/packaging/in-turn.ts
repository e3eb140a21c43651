/** Does a work once those before it are done. */
export type InTurn = <Done>(work: () => Promise<Done>) => Promise<Done>;

/** Works one after the other. */
export function createTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work, work);
    last = done.catch(() => undefined);
    return done;
  };
}
