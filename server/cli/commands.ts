import { AppError } from '#domain/errors';
import { startFromProcess, toSentence } from '../start.ts';
import { agent } from './agent.ts';
import { check } from './check.ts';
import { printSettings } from './docs.ts';
import { key } from './key.ts';
import { token } from './token.ts';
import { user } from './user.ts';
import { exportWorkflow, importWorkflow } from './workflow-file.ts';

const help = `Usage: rollcall <command>

  start [--port N] [--no-open] [--no-sandbox]
      Starts the server.
  token create --name NAME --role ROLE [--expires-days DAYS]
      Prints a new API token. It is shown once. Roles: viewer, operator, author, admin.
  user list | invite --name NAME --email ADDRESS --role ROLE | role ADDRESS ROLE | remove ADDRESS
      Says who may sign in, prints a one-time link for somebody new, changes a role, or takes it away.
      Roles: viewer, operator, author, approver, admin, owner.
  key rotate
      Seals every stored secret with a new key. Only while no server works with the data.
  agent register --server URL --token TOKEN
      Makes this machine an agent of a server: the token is shown on its page Agents.
  agent start
      Does the loads that the server gives to this agent, until it is stopped.
  agent credential add | list | login | test | remove
      Keeps the credentials of this agent. They never leave this machine.
  export WORKFLOW [--version N] [--out FILE]
      Writes a workflow, named by its id or name, as one file. The file holds no secret.
  import FILE [--plan] [--use "KIND:NAME=NAME HERE"]...
      Makes a draft of such a file; nothing is started. --plan only says what it would make.
      --use names what is used here, such as --use "credential:Webex admin=Webex test".
  check FILE
      Says what is wrong with an exported workflow, and changes nothing.
  check FILE [--base-url URL] [--change ADDRESS]... [--input NAME=VALUE]...
      Says what is wrong with the file of a vendor of your own. With a base URL it is tried there, too, with the
      secret in ROLLCALL_CHECK_SECRET: presets that read, and those that change somebody only on accounts with
      the addresses that --change names.
  docs [--env | --workflow-schema | --recipes FOLDER | --vendors FOLDER]
      Prints the settings as a table or as an .env file, or the JSON Schema of workflow files; or writes
      the pages about the recipes.
  help
      Prints this.

Settings come from the environment or from the file .env, such as ROLLCALL_DATA for the data folder.
`;

const commands: Record<string, (args: string[]) => Promise<void> | void> = {
  start: (args) => startFromProcess(args),
  token,
  user,
  key,
  agent,
  check,
  export: exportWorkflow,
  import: importWorkflow,
  docs: printSettings,
  help: () => void process.stdout.write(help),
};

/** Runs one command. What goes wrong is told on stderr, with exit code 1, or 2 for a command that is not known. */
export async function runCommand([name = 'help', ...args]: string[]): Promise<void> {
  const wanted = name === '--help' || name === '-h' ? 'help' : name;
  const command = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;
  if (!command) {
    process.stderr.write(`There is no command "${name}".\n\n${help}`);
    process.exitCode = 2;
    return;
  }
  try {
    await command(args);
  } catch (error) {
    process.stderr.write(`${toSentence(error)}\n`);
    process.exitCode = error instanceof AppError && error.place === 'usage' ? 2 : 1;
  }
}
