import { enableCompileCache } from 'node:module';

// First of all, and the program loaded only then: what is imported above would not be taken from the cache.
enableCompileCache();

const { runCommandLine } = await import('./main/command-line.ts');
await runCommandLine();
