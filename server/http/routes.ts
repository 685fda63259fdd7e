import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { BlockType, SandboxInfo } from '#contract';
import type { NewId } from '#domain/ids';
import type { Right } from '#domain/rights';
import type { Access, AuditLog, Principal } from '#engine/access-ports';
import type { AgentLoads, AgentService } from '#engine/agent-ports';
import type { ApprovalLinks, Approvals } from '#engine/approval-ports';
import type { ContactService } from '#engine/contact-ports';
import type { ExplanationReader } from '#engine/explain-ports';
import type { GlobalVariableService } from '#engine/global-variable-ports';
import type { OperatorService } from '#engine/operator-ports';
import type { OwnPresetService } from '#engine/own-preset-ports';
import type { PlanService } from '#engine/plan-ports';
import type { Clock } from '#engine/ports';
import type { AgentQuestions } from '#engine/question-ports';
import type {
  AppsReader,
  FieldService,
  NotificationStore,
  OverviewReader,
  PeopleReader,
  PeopleService,
  RoleService,
} from '#engine/record-ports';
import type { RerunService } from '#engine/rerun-ports';
import type { RunService } from '#engine/run-service';
import type { SafetyService } from '#engine/safety-ports';
import type { MissedStarts } from '#engine/schedule-ports';
import type { CredentialService, IntegrationService, LoadService } from '#engine/service-ports';
import type { TestRequests } from '#engine/test-request';
import type { TransferService } from '#engine/transfer-ports';
import type { UnclearReader } from '#engine/unclear-ports';
import type { UndoService } from '#engine/undo-ports';
import type { VendorFileService } from '#engine/vendor-file-ports';
import type { Vendors } from '#engine/vendor-ports';
import type { VersionService } from '#engine/version-ports';
import type { WebhookService } from '#engine/webhook-ports';
import type { WorkflowService } from '#engine/workflow-ports';

/** What the routes ask of the rest of the server. */
export interface Services {
  access: Access;
  agents: AgentService;
  agentLoads: AgentLoads;
  agentQuestions: AgentQuestions;
  approvals: Approvals;
  approvalLinks: ApprovalLinks;
  audit: AuditLog;
  people: PeopleReader;
  changePeople: PeopleService;
  apps: AppsReader;
  fields: FieldService;
  globalVariables: GlobalVariableService;
  roles: RoleService;
  missedStarts: MissedStarts;
  notifications: NotificationStore;
  contacts: ContactService;
  operators: OperatorService;
  overview: OverviewReader;
  credentials: CredentialService;
  integrations: IntegrationService;
  loads: LoadService;
  workflows: WorkflowService;
  reruns: RerunService;
  transfer: TransferService;
  versions: VersionService;
  runs: RunService;
  safety: SafetyService;
  explanations: ExplanationReader;
  unclearCalls: UnclearReader;
  testRequests: TestRequests;
  undo: UndoService;
  ownPresets: OwnPresetService;
  plans: PlanService;
  vendors: Pick<Vendors, 'list'>;
  vendorFiles: VendorFileService;
  webhooks: WebhookService;
  blockTypes: readonly BlockType[];
  sandbox(): SandboxInfo;
  /** The number of the newest change that browsers were told of. */
  newestChange(): number;
  newId: NewId;
  clock: Pick<Clock, 'now'>;
  version: string;
  publicUrl: string;
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** One noun's routes. */
export type Routes = (app: App, services: Services) => void;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller must be allowed to do. Every route names it; the server does not start otherwise. */
    right?: Right | 'public' | 'signed-in';
  }
  interface FastifyRequest {
    /** Who asks; null on public routes. */
    principal: Principal | null;
  }
}
