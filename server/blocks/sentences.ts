/** Of a block that writes to a SaaS user where there is none. */
export const noSaasUser =
  'This workflow runs over people, so there is no SaaS user to write to here. Put the block behind a For Each over the SaaS users of the person.';
