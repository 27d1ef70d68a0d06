/**
 * Express, its router and the strategies print whole addresses where `DEBUG` names them, and the address of a way back
 * holds a code and a state (G21). So nothing here hears `DEBUG`: what Latchkey prints it prints by its own log. Before
 * anything else is loaded; packages read it then.
 */
export function ignoreDebug() {
  delete process.env.DEBUG;
}
