// `npm start`: what is missing first, then the server. npm starts this through a shell, and a shell that is told to
// stop ends without passing it on; so the server stops when its shell is gone.
import './ensure.mjs';

const shell = process.ppid;
setInterval(() => {
  if (process.ppid !== shell) process.kill(process.pid, 'SIGTERM');
}, 500).unref();

process.argv.splice(2, 0, 'start');
await import('./rollcall.mjs');
