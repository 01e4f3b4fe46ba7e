-- Departments' reviewers (审核人) sign in: a role of their own.

alter table account drop constraint account_role_check;
alter table account add constraint account_role_check check (role in ('administrator', 'command', 'enterprise', 'guard',
    'health_authority', 'auditor', 'reviewer'));
