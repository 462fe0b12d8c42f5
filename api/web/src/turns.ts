// Panels that are counted from claims ask in turn, the first on the page first: a store at work on ten such questions at
// once answers none of them soon, and what the reader opens meanwhile would stand behind them all.
const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** Ask when it is its turn; one that is given up while it waits is never sent. */
export async function inTurn<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  await turn(signal);
  try {
    return await ask();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function turn(signal: AbortSignal): Promise<void> {
  if (running < AT_ONCE) {
    running += 1;
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const begin = () => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    const leave = () => {
      waiting.splice(waiting.indexOf(begin), 1);
      reject(signal.reason as Error);
    };
    waiting.push(begin);
    signal.addEventListener("abort", leave, { once: true });
  });
}
