import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input } from 'antd';
import type { Question } from '../../api';
import { useDesk } from '../strings';
import { OPTIONS_LEAST, OPTIONS_MOST, TEXT_MOST, withOption, withoutOption, withRight, type QuestionFault } from './model';

interface Props { at: number; question: Question; isLast: boolean; fault: QuestionFault | null; onChange: (next: Question) => void; onMove: (by: -1 | 1) => void; onRemove: () => void }

/** One question with its answers; which are right is marked beside them. */
export function QuestionFields({ at, question, isLast, fault, onChange, onMove, onRemove }: Props) {
  const t = useDesk();
  const w = t.training;
  const no = at + 1;
  return (
    <li className="block question" id={`question-${at}`}>
      <fieldset aria-describedby={fault ? `question-${at}-fault` : undefined}>
        <legend>{w.question(no)}</legend>
        <div className="question-acts">
          <Button id={`question-${at}-up`} size="small" icon={<ArrowUpOutlined />} aria-label={w.up(no)} disabled={at === 0} onClick={() => onMove(-1)} />
          <Button id={`question-${at}-down`} size="small" icon={<ArrowDownOutlined />} aria-label={w.down(no)} disabled={isLast} onClick={() => onMove(1)} />
          <Button size="small" danger icon={<DeleteOutlined />} aria-label={w.remove(no)} onClick={onRemove} />
        </div>
        <Input.TextArea id={`question-${at}-text`} aria-label={w.text} placeholder={w.text} autoSize maxLength={TEXT_MOST} status={fault === 'text' ? 'error' : undefined} value={question.text} onChange={(event) => onChange({ ...question, text: event.target.value })} />
        <ul className="options">
          {question.options.map((option, index) => (
            <li key={index}>
              <Checkbox checked={question.correct.includes(index)} aria-label={w.rightOf(index + 1)} onChange={(event) => onChange(withRight(question, index, event.target.checked))}>{w.right}</Checkbox>
              <Input aria-label={w.option(index + 1)} placeholder={w.option(index + 1)} maxLength={TEXT_MOST} status={fault === 'option' && option.trim() === '' ? 'error' : undefined} value={option} onChange={(event) => onChange(withOption(question, index, event.target.value))} />
              <Button size="small" type="text" icon={<CloseOutlined />} aria-label={w.removeOption(index + 1)} disabled={question.options.length <= OPTIONS_LEAST} onClick={() => onChange(withoutOption(question, index))} />
            </li>
          ))}
        </ul>
        <Button size="small" icon={<PlusOutlined />} disabled={question.options.length >= OPTIONS_MOST} onClick={() => onChange({ ...question, options: [...question.options, ''] })}>{w.addOption}</Button>
        {fault ? <p id={`question-${at}-fault`} className="course-problem" role="alert">{w.faults[fault]}</p> : null}
      </fieldset>
    </li>
  );
}
