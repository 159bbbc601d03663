/** The number of a lease token. What is no token of this Store is a lost lease: no lease has -1. */
export function tokenOf({ token }: { readonly token: string }): number {
  return /^[1-9]\d{0,14}$/u.test(token) ? Number(token) : -1;
}
