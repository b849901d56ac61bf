#!/bin/sh
# 安装园区年报通：只装给自己，不需要管理员密码。双击后选“在终端中运行”，或在终端里输入：sh 安装.sh
here=$(cd "$(dirname "$0")" && pwd) || exit 2
program="$here/园区年报通"
[ -x "$program" ] || chmod u+x "$program" 2>/dev/null
"$program" install
code=$?
if [ "$code" -ne 0 ]; then
    echo "没有装成，原因见上。如果上面写着 GLIBC，请取这台电脑的系统对应的那一份；请不要关闭杀毒软件。" >&2
fi
if [ -t 0 ]; then
    printf '按回车键关闭…'
    read -r _
fi
exit "$code"
