import { AppError } from '../domain/errors.ts';
import type { Field } from '../domain/field.ts';
import type { Issue, WorkflowRecords } from '../domain/workflow.ts';
import type { PrepareContext } from './block.ts';
import { type JsonTemplate, jsonTemplateVariables, parseJsonTemplate } from './json-template.ts';
import { parseTemplate, type Template, variablesOf } from './template.ts';
import type { Vendors } from './vendor-ports.ts';

/** What preparing a block found out about it. */
export interface Findings {
  issues: Issue[];
  /** Variables that it reads, with the setting that names them. */
  reads: { variable: string; setting: string }[];
  /** Variables that it sets for later blocks. */
  defines: string[];
  credentials: { id: string; setting: string; vendorId: string | undefined }[];
  integrations: { id: string; setting: string }[];
  /** Workflows that it starts. */
  workflows: { id: string; setting: string }[];
}

export interface Surroundings {
  vendors: Vendors;
  fields: readonly Field[];
  records: WorkflowRecords;
  /** By default whether the records themselves are SaaS users. */
  hasSaasUser?: boolean;
}

/** A context that parses templates for one block and collects what a check wants to know. */
export function toPrepareContext(
  block: string,
  surroundings: Surroundings,
): { context: PrepareContext; findings: Findings } {
  const findings: Findings = {
    issues: [],
    reads: [],
    defines: [],
    credentials: [],
    integrations: [],
    workflows: [],
  };
  const issue: PrepareContext['issue'] = (setting, message, severity = 'error') => {
    // What is prepared twice, such as a URL that is also read, is wrong once.
    if (findings.issues.some((one) => one.setting === setting && one.message === message)) return;
    findings.issues.push({ severity, block, setting, message });
  };

  // A template that cannot be parsed becomes an issue, and an empty one takes its place so that the rest is checked too.
  const parse =
    <T>(parseText: (text: string, place: string) => T, variables: (parsed: T) => string[], empty: string) =>
    (text: string, setting: string, own: readonly string[] = []): T => {
      let parsed: T;
      try {
        parsed = parseText(text, setting);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        issue(setting, error.message);
        return parseText(empty, setting);
      }
      for (const variable of variables(parsed)) {
        const isOwn = own.some((name) => variable === name || variable.startsWith(`${name}.`));
        if (!isOwn) findings.reads.push({ variable, setting });
      }
      return parsed;
    };

  return {
    findings,
    context: {
      ...surroundings,
      hasSaasUser: surroundings.hasSaasUser ?? surroundings.records.kind === 'saas_users',
      template: parse<Template>(parseTemplate, variablesOf, ''),
      jsonTemplate: parse<JsonTemplate>(parseJsonTemplate, jsonTemplateVariables, 'null'),
      uses: (variable, setting) => findings.reads.push({ variable, setting }),
      defines: (variable) => findings.defines.push(variable),
      credential: (id, setting, vendorId) => findings.credentials.push({ id, setting, vendorId }),
      integration: (id, setting) => findings.integrations.push({ id, setting }),
      workflow: (id, setting) => findings.workflows.push({ id, setting }),
      issue,
    },
  };
}
