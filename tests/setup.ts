import fc from 'fast-check';

// Where tests decide over a change (CI), properties are tried on the same cases each time: what fails there, the change did.
// Everywhere else they are tried on new ones; a failure names the seed to see it again.
if (process.env['CI'] !== undefined) fc.configureGlobal({ seed: 20_260_101 });
