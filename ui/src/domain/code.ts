/** What people say: `PYC-12`, `NV-12`, `DH-12`. */
export const codeOf = {
  ticket: (number: number) => `PYC-${number}`,
  task: (number: number) => `NV-${number}`,
  order: (number: number) => `DH-${number}`,
};
