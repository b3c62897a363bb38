/** How many times longer tests wait in remote mode: there, an Electric for each product shares the machine. */
export const PATIENCE = process.env['E2E_ELECTRIC'] ? 3 : 1;
