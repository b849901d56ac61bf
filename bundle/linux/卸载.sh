#!/bin/sh
# 卸载园区年报通：程序、菜单和桌面图标都去掉，数据文件和备份留着不动。
home="$HOME/.local/opt/园区年报通/现用/园区年报通"
[ -x "$home" ] || home=$(cd "$(dirname "$0")" && pwd)/园区年报通
"$home" uninstall
code=$?
if [ -t 0 ]; then
    printf '按回车键关闭…'
    read -r _
fi
exit "$code"
