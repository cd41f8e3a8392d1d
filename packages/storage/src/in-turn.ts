/** Returns a function that runs each action after the one given before it has ended, well or not. */
export function inTurn(): <T>(action: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    const current = last.then(action);
    last = current.catch(() => undefined);
    return current;
  };
}
