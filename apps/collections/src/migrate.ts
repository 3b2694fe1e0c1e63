import { runMigration } from '#entry';
import { CreateLedger1795276800000 } from '../migrations/1795276800000-create-ledger.ts';
import { CreateGate1795276800001 } from '../migrations/1795276800001-create-gate.ts';
import { CreateEvents1795363200000 } from '../migrations/1795363200000-create-events.ts';
import { CreateComplaintHold1795363200001 } from '../migrations/1795363200001-create-complaint-hold.ts';
import { CreateReport1795363200002 } from '../migrations/1795363200002-create-report.ts';
import { CreatePolicyVersions1795449600000 } from '../migrations/1795449600000-create-policy-versions.ts';
import { CreateRegister1795449600001 } from '../migrations/1795449600001-create-register.ts';
import { CreatePolicyDrafts1795449600002 } from '../migrations/1795449600002-create-policy-drafts.ts';
import { GateKnowsTheRegister1795449600003 } from '../migrations/1795449600003-gate-knows-the-register.ts';
import { CreateScreening1795449600004 } from '../migrations/1795449600004-create-screening.ts';
import { CreateReconciliation1795449600005 } from '../migrations/1795449600005-create-reconciliation.ts';
import { CreateTask1795910400000 } from '../migrations/1795910400000-create-task.ts';
import { CreateAgencyRegistry1795910401000 } from '../migrations/1795910401000-create-agency-registry.ts';
import { NameAgencyStaff1795910401001 } from '../migrations/1795910401001-name-agency-staff.ts';
import { CreateStanding1795910402000 } from '../migrations/1795910402000-create-standing.ts';
import { CreateDebtQuery1795910402001 } from '../migrations/1795910402001-create-debt-query.ts';
import { CreateOversight1795910403000 } from '../migrations/1795910403000-create-oversight.ts';
import { CreateEntrustment1795910404000 } from '../migrations/1795910404000-create-entrustment.ts';
import { CreateAllocationAndObjection1795910404001 } from '../migrations/1795910404001-create-allocation-and-objection.ts';
import { CreateRecording1795910405000 } from '../migrations/1795910405000-create-recording.ts';
import { CreateCollecting1795910405001 } from '../migrations/1795910405001-create-collecting.ts';
import { CreatePaymentAndPromise1795910406000 } from '../migrations/1795910406000-create-payment-and-promise.ts';
import { CreatePlan1795910406001 } from '../migrations/1795910406001-create-plan.ts';
import { CreateDelivery1795910407000 } from '../migrations/1795910407000-create-delivery.ts';
import { TaskDesk1795910408000 } from '../migrations/1795910408000-task-desk.ts';
import { CreateQuality1795910408001 } from '../migrations/1795910408001-create-quality.ts';
import { OutcomeNamesObjection1795910409000 } from '../migrations/1795910409000-outcome-names-objection.ts';
import { PaymentOfItsDay1795910409001 } from '../migrations/1795910409001-payment-of-its-day.ts';
import { DeliveryTellsReferral1795910409002 } from '../migrations/1795910409002-delivery-tells-referral.ts';
import { CreateDisclosure1795910410000 } from '../migrations/1795910410000-create-disclosure.ts';
import { CreateEvidence1796200001000 } from '../migrations/1796200001000-create-evidence.ts';
import { CreateReportLife1796200002000 } from '../migrations/1796200002000-create-report-life.ts';
import { CreateRegulatorRead1796200020000 } from '../migrations/1796200020000-create-regulator-read.ts';
import { CreateReportPin1796200163000 } from '../migrations/1796200163000-create-report-pin.ts';
import { CreateRetention1796200161000 } from '../migrations/1796200161000-create-retention.ts';
import { loadConfig } from './config.ts';

await runMigration({ name: 'collections', loadConfig }, [
  CreateLedger1795276800000,
  CreateGate1795276800001,
  CreateEvents1795363200000,
  CreateComplaintHold1795363200001,
  CreateReport1795363200002,
  CreatePolicyVersions1795449600000,
  CreateRegister1795449600001,
  CreatePolicyDrafts1795449600002,
  GateKnowsTheRegister1795449600003,
  CreateScreening1795449600004,
  CreateReconciliation1795449600005,
  CreateTask1795910400000,
  CreateAgencyRegistry1795910401000,
  NameAgencyStaff1795910401001,
  CreateStanding1795910402000,
  CreateDebtQuery1795910402001,
  CreateOversight1795910403000,
  CreateEntrustment1795910404000,
  CreateAllocationAndObjection1795910404001,
  CreateRecording1795910405000,
  CreateCollecting1795910405001,
  CreatePaymentAndPromise1795910406000,
  CreatePlan1795910406001,
  CreateDelivery1795910407000,
  TaskDesk1795910408000,
  CreateQuality1795910408001,
  OutcomeNamesObjection1795910409000,
  PaymentOfItsDay1795910409001,
  DeliveryTellsReferral1795910409002,
  CreateDisclosure1795910410000,
  CreateEvidence1796200001000,
  CreateReportLife1796200002000,
  CreateRegulatorRead1796200020000,
  CreateReportPin1796200163000,
  CreateRetention1796200161000,
]);
