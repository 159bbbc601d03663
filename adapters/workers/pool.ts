import { Worker, type Transferable } from 'node:worker_threads';

export type WorkerErrorCode = 'deadline' | 'crashed' | 'closed';

/** Why a task has no answer. Its worker is gone and has been replaced; other tasks are not touched. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly code: WorkerErrorCode;

  constructor(code: WorkerErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

export interface WorkerPoolOptions {
  /** A module that calls {@link serveTasks} (`adapters/workers/serve.ts`). */
  readonly script: URL;
  /** Threads at most; each is started when there is first work for it. */
  readonly size: number;
  /** From the moment a task is handed to a worker that is ready, not while it waits in the queue. */
  readonly deadlineMs: number;
  /** Heap of one worker; beyond it the worker dies and its task is `crashed`. */
  readonly memoryMb: number;
}

export interface WorkerPool {
  /**
   * Runs a task in one of the workers, in the order of the calls. Rejects with a `WorkerError`, or with an error of the
   * name, code and message that the task threw.
   */
  run<T>(task: unknown, transfer?: readonly Transferable[]): Promise<T>;
  /** Ends all workers; tasks that wait or run reject with code `closed`. */
  close(): Promise<void>;
}

/** What a worker sends: that it is ready, then one answer a task. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly value: unknown }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly message: string;
      readonly fields: Readonly<Record<string, unknown>>;
    };

interface Job {
  readonly task: unknown;
  readonly transfer: readonly Transferable[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Member {
  readonly worker: Worker;
  ready: boolean;
  job: Job | null;
  timer: NodeJS.Timeout | null;
}

/** A worker that is not ready within this is taken for one that cannot start. */
const START_MS = 10_000;

/** Threads for work that is long or hostile. An idle pool does not keep the process alive. */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { script, size, deadlineMs, memoryMb } = options;
  const members = new Set<Member>();
  const queue: Job[] = [];
  let closed = false;

  function start(): void {
    const worker = new Worker(script, {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: Math.max(8, memoryMb >> 3) },
    });
    const member: Member = { worker, ready: false, job: null, timer: null };
    members.add(member);
    worker.on('message', (message: WorkerMessage) => receive(member, message));
    worker.on('error', (error) => lose(member, new WorkerError('crashed', 'The worker broke down.', error)));
    worker.on('exit', () => lose(member, new WorkerError('crashed', 'The worker ended before its task did.')));
    member.timer = setTimeout(() => lose(member, new WorkerError('crashed', 'The worker did not start.')), START_MS);
    give(member);
  }

  /** Hands over the next job, or lets the worker rest. A job is given before the worker is ready: it waits in its mail. */
  function give(member: Member): void {
    const job = queue.shift();
    if (!job) {
      member.worker.unref();
      return;
    }
    member.job = job;
    member.worker.ref();
    try {
      member.worker.postMessage(job.task, [...job.transfer]);
    } catch (error) {
      member.job = null;
      job.reject(new WorkerError('crashed', 'The task cannot be sent to a worker.', error));
      give(member);
      return;
    }
    if (member.ready) watch(member);
  }

  function watch(member: Member): void {
    if (member.timer) clearTimeout(member.timer);
    member.timer = setTimeout(
      () => lose(member, new WorkerError('deadline', `The task took over ${deadlineMs} ms.`)),
      deadlineMs,
    );
  }

  function receive(member: Member, message: WorkerMessage): void {
    if (!members.has(member)) return;
    if (member.timer) clearTimeout(member.timer);
    member.timer = null;
    if (message.kind === 'ready') {
      member.ready = true;
      if (member.job) watch(member);
      return;
    }
    const { job } = member;
    member.job = null;
    if (message.kind === 'done') job?.resolve(message.value);
    else job?.reject(Object.assign(new Error(message.message), { name: message.name }, message.fields));
    give(member);
  }

  /** Ends a worker; its task fails, the next one in the queue gets a new worker. */
  function lose(member: Member, error: WorkerError): void {
    if (!members.delete(member)) return;
    if (member.timer) clearTimeout(member.timer);
    void member.worker.terminate();
    member.job?.reject(error);
    if (!closed && queue.length > 0) start();
  }

  return {
    async run<T>(task: unknown, transfer: readonly Transferable[] = []): Promise<T> {
      if (closed) throw new WorkerError('closed', 'The pool is closed.');
      return new Promise<T>((resolve, reject) => {
        queue.push({ task, transfer, resolve: (value) => resolve(value as T), reject });
        const idle = [...members].find(({ job }) => job === null);
        if (idle) give(idle);
        else if (members.size < size) start();
      });
    },

    async close() {
      closed = true;
      const error = new WorkerError('closed', 'The pool was closed.');
      for (const job of queue.splice(0)) job.reject(error);
      const ending = [...members];
      for (const member of ending) lose(member, error);
      await Promise.all(ending.map(async ({ worker }) => worker.terminate()));
    },
  };
}
