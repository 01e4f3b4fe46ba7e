import type { ThemeConfig } from 'antd';

export const theme: ThemeConfig = {
  cssVar: { key: 'fugong' },
  hashed: false,
  token: {
    colorPrimary: '#00667A', colorInfo: '#00667A', colorLink: '#00667A', colorSuccess: '#0B7A43', colorWarning: '#B86E00', colorError: '#B5121B',
    colorText: '#0F1C24', colorTextSecondary: '#42525D', colorTextTertiary: '#5D6C77', colorTextDescription: '#5D6C77', colorTextPlaceholder: '#5D6C77',
    colorBorder: '#85939E', colorBorderSecondary: '#DCE3E7', colorBgLayout: '#F3F5F6',
    fontFamily: '"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif', fontWeightStrong: 700,
    borderRadius: 6, borderRadiusLG: 10, fontSize: 14, lineHeight: 1.571, controlHeight: 32, controlHeightSM: 28, controlHeightLG: 40,
    motionDurationMid: '0.16s', motionDurationSlow: '0.2s', wireframe: false,
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Table: {
      cellFontSizeSM: 13, cellPaddingBlockSM: 3, cellPaddingInlineSM: 8, headerBg: '#F7F9FA', headerColor: '#42525D',
      rowSelectedBg: '#F1F8F9', borderColor: '#EBEFF1',
    },
    Menu: { itemHeight: 34, itemBorderRadius: 6, itemSelectedBg: '#E3F2F4', itemSelectedColor: '#004E5E' },
    Tabs: { horizontalItemPadding: '8px 0', horizontalItemGutter: 20 },
    Switch: { trackHeight: 26, trackMinWidth: 44, handleSize: 20 },
    Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 4px' },
  },
};
