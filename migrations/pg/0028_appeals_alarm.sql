-- Appeals that nobody answered in time are an alarm of the district's command, closed as settled.

alter table alarm drop constraint alarm_kind_check;
alter table alarm add constraint alarm_kind_check check (kind in ('fever_suspected', 'stranger',
    'entered_against_verdict', 'device_silent', 'device_untrusted', 'disk_space', 'clock_offset', 'device_quota',
    'appeal_late'));
alter table alarm drop constraint alarm_outcome_check;
alter table alarm add constraint alarm_outcome_check check (outcome in ('cleared', 'fever_confirmed', 'removed',
    'false_alarm', 'repaired', 'settled'));
alter table alarm_step drop constraint alarm_step_outcome_check;
alter table alarm_step add constraint alarm_step_outcome_check check (outcome in ('cleared', 'fever_confirmed',
    'removed', 'false_alarm', 'repaired', 'settled'));
