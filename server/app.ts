import { newId } from '#domain/ids';
import type { Access } from '#engine/access-ports';
import { accessOf } from './assembly/access.ts';
import { createDirectory } from './assembly/directory.ts';
import { createDrawing } from './assembly/drawing.ts';
import { createEgress } from './assembly/egress.ts';
import { type AppOptions, createFoundation } from './assembly/foundation.ts';
import { createGuarding } from './assembly/guarding.ts';
import { createLoading } from './assembly/loading.ts';
import { createRunning } from './assembly/running.ts';
import { createUpkeep } from './assembly/upkeep.ts';
import { createWebhookStarts } from './assembly/webhooks.ts';
import type { App as Http } from './http/routes.ts';
import { createHttp } from './http/server.ts';
import { version, webFolder } from './installation.ts';

export interface App {
  http: Http;
  access: Access;
  /** Goes on with what a stop or a crash has left behind. */
  resume(): Promise<void>;
  /** Takes no more work, lets calls in flight come back, and closes everything. */
  stop(): Promise<void>;
}

/** Puts everything together; each part of `assembly` knows those that it stands on. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { database, publicUrl, clock, config, sandbox } = options;
  const foundation = createFoundation(options, (message, error) => http.log.error({ err: error }, message));
  const egress = createEgress(foundation, () => guarding.guard.closedBy());
  const guarding = await createGuarding(foundation, () => running.runner.clockJumped());
  const loading = createLoading(foundation, egress, guarding);
  const running = createRunning(foundation, egress, guarding, loading);
  const upkeep = await createUpkeep(foundation, guarding, loading, running);
  const { live, journal, audit, approvals, approvalLinks, notifications, apps, common, globalVariables } =
    foundation;
  const { loads, integrations, agents, agentLoads, agentQuestions } = loading;
  const { runner, plans, reruns } = running;
  const access = accessOf(database, clock);

  const http = await createHttp({
    services: {
      ...{ access, audit, approvals, approvalLinks, notifications, apps, globalVariables },
      ...{ loads, integrations, agents, agentLoads, agentQuestions },
      ...createDirectory(foundation, loading, guarding),
      ...createDrawing(foundation, egress, running),
      ...{ runs: runner, plans, reruns, missedStarts: running.schedules },
      safety: guarding.safety,
      credentials: egress.credentials,
      webhooks: createWebhookStarts(foundation, egress, running),
      contacts: upkeep.contacts,
      vendors: common.vendors,
      vendorFiles: common.vendors.files(audit),
      newestChange: live.newest,
      sandbox: () => sandbox?.info ?? { vendors: [] },
      ...{ newId, clock, version, publicUrl },
    },
    live,
    async snapshot(topic) {
      const [kind, id = ''] = topic.split(':');
      if (kind === 'run') return { kind, ...(await withoutGraph(runner.details(id))) };
      if (kind === 'load') return { kind, load: await loads.find(id) };
      return undefined;
    },
    log: config.log,
    webFolder,
  });

  async function goOn(): Promise<void> {
    await loads.resume();
    await runner.resume();
    upkeep.start();
  }

  /** Not before anything may leave: a restored server does nothing of what its later self may have done. */
  async function resume(): Promise<void> {
    const { guard } = guarding;
    if (guard.closedBy() === null) return goOn();
    let isWaiting = true;
    guard.onLoosened(() => {
      if (!isWaiting || guard.closedBy() !== null) return;
      isWaiting = false;
      goOn().catch((error: unknown) => http.log.error({ err: error }, 'Could not go on after safe mode.'));
    });
  }

  return {
    http,
    access,

    resume,

    async stop() {
      live.close();
      agentQuestions.stop();
      await upkeep.stop();
      await Promise.all([runner.stop(), loads.stop()]);
      await http.close();
      await egress.close();
      await journal.close();
      database.$client.close();
    },
  };
}

async function withoutGraph<T extends { graph: unknown }>(details: Promise<T>): Promise<Omit<T, 'graph'>> {
  const { graph: _graph, ...rest } = await details;
  return rest;
}
