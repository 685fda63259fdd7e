CREATE TABLE `agents` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`token_hash` text,
	`token_expires_at` integer,
	`key_hash` text,
	`registered_at` integer,
	`version` text,
	`last_contact_at` integer,
	`credentials` text DEFAULT '[]' NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `agents_name_unique` ON `agents` (`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `agents_token_hash_unique` ON `agents` (`token_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `agents_key_hash_unique` ON `agents` (`key_hash`);--> statement-breakpoint
CREATE TABLE `approvals` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`title` text NOT NULL,
	`subject` text NOT NULL,
	`hash` text NOT NULL,
	`workflow_id` text,
	`run_id` text,
	`requested_by` text NOT NULL,
	`requested_by_name` text NOT NULL,
	`authors` text NOT NULL,
	`confirmation` text NOT NULL,
	`requested_at` integer NOT NULL,
	`cools_until` integer,
	`expires_at` integer NOT NULL,
	`decided_by` text,
	`decided_by_name` text,
	`decided_at` integer,
	`reason` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE INDEX `approvals_waiting` ON `approvals` (`expires_at`) WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX `approvals_run` ON `approvals` (`run_id`);--> statement-breakpoint
CREATE INDEX `approvals_workflow` ON `approvals` (`workflow_id`,`status`);--> statement-breakpoint
CREATE TABLE `apps` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`vendor_id` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`details` text
);
--> statement-breakpoint
CREATE TABLE `authorizations` (
	`state_hash` text PRIMARY KEY NOT NULL,
	`credential_id` text NOT NULL,
	`session_hash` text NOT NULL,
	`verifier` blob NOT NULL,
	`return_to` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`credential_id`) REFERENCES `credentials`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `changes` (
	`id` integer PRIMARY KEY NOT NULL,
	`record_id` text NOT NULL,
	`at` integer NOT NULL,
	`cause_kind` text NOT NULL,
	`cause_id` text NOT NULL,
	`field` text NOT NULL,
	`before` text,
	`after` text
);
--> statement-breakpoint
CREATE INDEX `changes_record` ON `changes` (`record_id`,`id`);--> statement-breakpoint
CREATE TABLE `credentials` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`owner` text NOT NULL,
	`vendor_id` text NOT NULL,
	`kind` text NOT NULL,
	`description` text NOT NULL,
	`scopes` text NOT NULL,
	`client_id` text NOT NULL,
	`client_auth` text DEFAULT 'form' NOT NULL,
	`inputs` text DEFAULT '{}' NOT NULL,
	`base_url` text NOT NULL,
	`authorize_url` text NOT NULL,
	`token_url` text NOT NULL,
	`api_url` text DEFAULT '' NOT NULL,
	`per_second` real,
	`at_once` integer,
	`secret` blob,
	`access_token` blob,
	`refresh_token` blob,
	`status` text NOT NULL,
	`problem` text,
	`expires_at` integer,
	`refresh_holder` text,
	`refresh_until` integer,
	`last_used_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_name_unique` ON `credentials` (`name`);--> statement-breakpoint
CREATE TABLE `fields` (
	`id` text PRIMARY KEY NOT NULL,
	`record_type` text NOT NULL,
	`external_id` text NOT NULL,
	`label` text NOT NULL,
	`type` text NOT NULL,
	`is_unique` integer NOT NULL,
	`choices` text DEFAULT '[]' NOT NULL,
	`help` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `fields_external_id` ON `fields` (`record_type`,`external_id`);--> statement-breakpoint
CREATE TABLE `global_variables` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`note` text NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `guard_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`generation` integer NOT NULL,
	`content` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `integrations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`vendor_id` text NOT NULL,
	`app_id` text,
	`mode` text NOT NULL,
	`preference` text NOT NULL,
	`credential_id` text,
	`mapping` text NOT NULL,
	`mapping_version` integer DEFAULT 0 NOT NULL,
	`status` text NOT NULL,
	`installation` text DEFAULT 'cloud' NOT NULL,
	`agent_id` text,
	`agent_credential` text DEFAULT '' NOT NULL,
	`inputs` text DEFAULT '{}' NOT NULL,
	`missing_accounts` text DEFAULT '{"action":"leave","maxSharePercent":10}' NOT NULL,
	`contacts` text DEFAULT '{"operatorIds":[],"addresses":[]}' NOT NULL,
	`schedule` text,
	`is_paused` integer DEFAULT false NOT NULL,
	`next_load_at` integer,
	`held_until` integer,
	`told` text DEFAULT '[]' NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`app_id`) REFERENCES `apps`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`credential_id`) REFERENCES `credentials`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`agent_id`) REFERENCES `agents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`code_hash` text NOT NULL,
	`invited_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_email_unique` ON `invitations` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_code_hash_unique` ON `invitations` (`code_hash`);--> statement-breakpoint
CREATE TABLE `limit_uses` (
	`scope` text NOT NULL,
	`kind` text NOT NULL,
	`hour` integer NOT NULL,
	`used` integer NOT NULL,
	PRIMARY KEY(`scope`, `kind`, `hour`)
);
--> statement-breakpoint
CREATE TABLE `load_issues` (
	`load_id` text NOT NULL,
	`n` integer NOT NULL,
	`kind` text NOT NULL,
	`label` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`load_id`, `n`),
	FOREIGN KEY (`load_id`) REFERENCES `loads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `loads` (
	`id` text PRIMARY KEY NOT NULL,
	`integration_id` text NOT NULL,
	`status` text NOT NULL,
	`started_by` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`pages` integer NOT NULL,
	`tally` text NOT NULL,
	`is_complete` integer NOT NULL,
	`error` text,
	`missing` text,
	`restarts` integer DEFAULT 0 NOT NULL,
	`told` text DEFAULT 'nothing' NOT NULL,
	FOREIGN KEY (`integration_id`) REFERENCES `integrations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `loads_integration` ON `loads` (`integration_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `loads_untold` ON `loads` (`id`) WHERE told <> 'end';--> statement-breakpoint
CREATE TABLE `mails` (
	`id` text PRIMARY KEY NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`error` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `mails_waiting` ON `mails` (`next_attempt_at`) WHERE status = 'waiting';--> statement-breakpoint
CREATE TABLE `mapping_versions` (
	`integration_id` text NOT NULL,
	`version` integer NOT NULL,
	`mapping` text NOT NULL,
	`saved_by` text NOT NULL,
	`saved_at` integer NOT NULL,
	`note` text NOT NULL,
	PRIMARY KEY(`integration_id`, `version`),
	FOREIGN KEY (`integration_id`) REFERENCES `integrations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `notifications` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`level` text NOT NULL,
	`title` text NOT NULL,
	`message` text NOT NULL,
	`link` text,
	`is_read` integer NOT NULL,
	`operator_id` text
);
--> statement-breakpoint
CREATE TABLE `operators` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`granted_by` text,
	`granted_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `operators_email_unique` ON `operators` (`email`);--> statement-breakpoint
CREATE TABLE `own_presets` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`settings` text NOT NULL,
	`created_by` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `own_presets_title_unique` ON `own_presets` (`title`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`email` text NOT NULL,
	`first_name` text NOT NULL,
	`last_name` text NOT NULL,
	`role` text NOT NULL,
	`status` text NOT NULL,
	`fields` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_username` ON `people` (lower("username"));--> statement-breakpoint
CREATE INDEX `people_email` ON `people` (lower("email"),`id`);--> statement-breakpoint
CREATE INDEX `people_status` ON `people` (`status`,`id`);--> statement-breakpoint
CREATE TABLE `person_roles` (
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_roles_name` ON `person_roles` (lower("name"));--> statement-breakpoint
CREATE TABLE `protections` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`vendor_id` text,
	`value` text NOT NULL,
	`note` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `run_records` (
	`run` integer NOT NULL,
	`n` integer NOT NULL,
	`record_type` text NOT NULL,
	`record_id` text NOT NULL,
	`label` text NOT NULL,
	`status` text NOT NULL,
	`pending` text NOT NULL,
	`steps` integer NOT NULL,
	`variables` text NOT NULL,
	`error` text,
	`waiting_since` integer,
	`wake_at` integer,
	`held` text,
	`finished_at` integer,
	PRIMARY KEY(`run`, `n`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `run_records_record` ON `run_records` (`record_id`);--> statement-breakpoint
CREATE INDEX `run_records_held` ON `run_records` (`run`) WHERE held IS NOT NULL;--> statement-breakpoint
CREATE INDEX `run_records_wake` ON `run_records` (`wake_at`) WHERE wake_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `runs` (
	`key` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`workflow_id` text NOT NULL,
	`workflow_name` text NOT NULL,
	`version_id` text NOT NULL,
	`version_number` integer NOT NULL,
	`status` text NOT NULL,
	`phase` text NOT NULL,
	`started_by` text NOT NULL,
	`starter_id` text,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`is_cancelling` integer NOT NULL,
	`fence` integer NOT NULL,
	`error` text,
	`record_ids` text,
	`mode` text DEFAULT 'run' NOT NULL,
	`lane` text DEFAULT 'manual' NOT NULL,
	`plan_id` text,
	`approval_id` text,
	`origin_id` text,
	`rerun` text,
	`depth` integer DEFAULT 0 NOT NULL,
	`parent_step` text,
	`globals` text DEFAULT '{}' NOT NULL,
	`has_steps` integer DEFAULT true NOT NULL,
	`counts` text,
	`blocks` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `runs_id_unique` ON `runs` (`id`);--> statement-breakpoint
CREATE INDEX `runs_workflow` ON `runs` (`workflow_id`,`key`);--> statement-breakpoint
CREATE INDEX `runs_plan` ON `runs` (`plan_id`) WHERE plan_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `runs_parent_step` ON `runs` (`parent_step`) WHERE parent_step IS NOT NULL;--> statement-breakpoint
CREATE INDEX `runs_events` ON `runs` (`workflow_id`) WHERE lane = 'event' AND finished_at IS NULL;--> statement-breakpoint
CREATE INDEX `runs_origin` ON `runs` (`origin_id`) WHERE origin_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `runs_with_steps` ON `runs` (`finished_at`) WHERE has_steps = 1;--> statement-breakpoint
CREATE INDEX `runs_unfinished` ON `runs` (`key`) WHERE finished_at IS NULL AND status <> 'waiting';--> statement-breakpoint
CREATE TABLE `saas_users` (
	`id` text PRIMARY KEY NOT NULL,
	`app_id` text NOT NULL,
	`person_id` text,
	`identifier` text NOT NULL,
	`email` text NOT NULL,
	`display_name` text NOT NULL,
	`roles` text NOT NULL,
	`licenses` text NOT NULL,
	`status` text NOT NULL,
	`type` text NOT NULL,
	`last_activity` integer,
	`is_deactivated` integer NOT NULL,
	`delete_in_saas` integer NOT NULL,
	`fields` text NOT NULL,
	`raw` text NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	FOREIGN KEY (`app_id`) REFERENCES `apps`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `saas_users_identifier` ON `saas_users` (`app_id`,`identifier`);--> statement-breakpoint
CREATE INDEX `saas_users_person` ON `saas_users` (`person_id`);--> statement-breakpoint
CREATE INDEX `saas_users_activity` ON `saas_users` (`app_id`,`is_deactivated`,`last_activity`);--> statement-breakpoint
CREATE INDEX `saas_users_email` ON `saas_users` (`app_id`,lower("email"),`id`);--> statement-breakpoint
CREATE TABLE `schedule_slots` (
	`id` text PRIMARY KEY NOT NULL,
	`workflow_id` text NOT NULL,
	`slot` text NOT NULL,
	`due_at` integer NOT NULL,
	`status` text NOT NULL,
	`run_id` text,
	`reason` text NOT NULL,
	`decided_by` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`workflow_id`) REFERENCES `workflows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `schedule_slots_name` ON `schedule_slots` (`workflow_id`,`slot`);--> statement-breakpoint
CREATE INDEX `schedule_slots_missed` ON `schedule_slots` (`id`) WHERE status = 'missed';--> statement-breakpoint
CREATE INDEX `schedule_slots_at` ON `schedule_slots` (`at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `steps` (
	`id` integer PRIMARY KEY NOT NULL,
	`run` integer NOT NULL,
	`record_n` integer NOT NULL,
	`n` integer NOT NULL,
	`block` text NOT NULL,
	`status` text NOT NULL,
	`exit` text,
	`attempts` integer NOT NULL,
	`fence` integer NOT NULL,
	`started_at` integer NOT NULL,
	`duration_ms` real NOT NULL,
	`note` text,
	`error` text,
	`request` text,
	`answer` text,
	`changes` text,
	`effect` text,
	`before` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `steps_place` ON `steps` (`run`,`record_n`,`n`);--> statement-breakpoint
CREATE INDEX `steps_unclear` ON `steps` (`id`) WHERE status = 'needs_attention';--> statement-breakpoint
CREATE TABLE `tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_hash_unique` ON `tokens` (`hash`);--> statement-breakpoint
CREATE TABLE `unique_values` (
	`external_id` text NOT NULL,
	`value` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`external_id`, `value`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `unique_values_person` ON `unique_values` (`person_id`);--> statement-breakpoint
CREATE TABLE `vendor_definitions` (
	`id` integer PRIMARY KEY NOT NULL,
	`vendor_id` text NOT NULL,
	`hash` text NOT NULL,
	`definition` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `vendor_names` (
	`vendor_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`vendor_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `versions` (
	`id` text PRIMARY KEY NOT NULL,
	`workflow_id` text NOT NULL,
	`number` integer NOT NULL,
	`graph` text NOT NULL,
	`records` text NOT NULL,
	`note` text NOT NULL,
	`author` text NOT NULL,
	`authors` text DEFAULT '[]' NOT NULL,
	`looked_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `versions_number` ON `versions` (`workflow_id`,`number`) WHERE number > 0;--> statement-breakpoint
CREATE INDEX `versions_workflow` ON `versions` (`workflow_id`);--> statement-breakpoint
CREATE TABLE `webhook_calls` (
	`id` integer PRIMARY KEY NOT NULL,
	`workflow_id` text NOT NULL,
	`call_id` text NOT NULL,
	`run_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_calls_id` ON `webhook_calls` (`workflow_id`,`call_id`);--> statement-breakpoint
CREATE INDEX `webhook_calls_at` ON `webhook_calls` (`at`);--> statement-breakpoint
CREATE TABLE `workflow_schedules` (
	`workflow_id` text PRIMARY KEY NOT NULL,
	`version_id` text NOT NULL,
	`trigger` text,
	`is_harmful` integer NOT NULL,
	`next_at` integer,
	`held_until` integer,
	FOREIGN KEY (`workflow_id`) REFERENCES `workflows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `workflow_schedules_next` ON `workflow_schedules` (`next_at`) WHERE next_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `workflow_triggers` (
	`workflow_id` text PRIMARY KEY NOT NULL,
	`version_id` text NOT NULL,
	`trigger` text,
	`cursor` integer NOT NULL,
	FOREIGN KEY (`workflow_id`) REFERENCES `workflows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `workflow_webhooks` (
	`workflow_id` text PRIMARY KEY NOT NULL,
	`secret` blob NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_call_at` integer,
	FOREIGN KEY (`workflow_id`) REFERENCES `workflows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `workflows` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`records` text NOT NULL,
	`revision` integer NOT NULL,
	`draft` text NOT NULL,
	`active_version_id` text,
	`launched_revision` integer,
	`editors` text DEFAULT '[]' NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
