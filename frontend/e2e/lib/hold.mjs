// Runs inside scripts/headless.sh: tells its surroundings, then keeps them
// alive until its input closes, which also happens when the test run dies.
process.stdout.write(`${JSON.stringify(process.env)}\n`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
