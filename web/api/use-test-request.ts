import { useMutation } from '@tanstack/react-query';
import { type TestRequestInput, testRequestSchema } from '#contract';
import { api } from './client.ts';

/** Fills in or sends the request of a block for one record. */
export function useTestRequest(workflowId: string) {
  return useMutation({
    mutationFn: (input: TestRequestInput) =>
      api.post(`/workflows/${workflowId}/test-requests`, { body: input, schema: testRequestSchema }),
  });
}
