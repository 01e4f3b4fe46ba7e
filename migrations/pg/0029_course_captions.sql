-- Captions of films: written anew as plain WebVTT, one text a language.

create table course_caption (
    course_id uuid not null references course (id),
    lang text collate "C" not null check (lang in ('zh', 'en')),
    file_name text not null,
    body text not null,
    created_by text not null,
    created_at bigint not null,
    primary key (course_id, lang)
);
