using System.Reflection;
using System.Reflection.Emit;

namespace RLTuner.Tests;

/// <summary>What a compiled type uses: its base and interfaces, the types of its members, and all that its code names.</summary>
internal static class UsedTypes
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>All types it uses, with repeats, generic ones beside their arguments. Constants leave no trace in compiled code.</summary>
    public static IEnumerable<Type> Of(Type type) =>
        ((Type?[])[type.BaseType, .. type.GetInterfaces(), .. Constraints(type.GetGenericArguments())])
        .Concat(type.GetMembers(Own).SelectMany(OfMember))
        .SelectMany(Parts);

    private static IEnumerable<Type?> OfMember(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        MethodBase method => [.. OfSignature(method), .. OfBody(method)],
        _ => [], // properties and events are methods; a nested type is asked for itself
    };

    private static IEnumerable<Type?> OfSignature(MethodBase method) =>
    [
        method.DeclaringType,
        (method as MethodInfo)?.ReturnType,
        .. method.GetParameters().Select(parameter => parameter.ParameterType),
        .. method.IsGenericMethod ? [.. method.GetGenericArguments(), .. Constraints(method.GetGenericArguments())] : Type.EmptyTypes,
    ];

    private static IEnumerable<Type> Constraints(IEnumerable<Type> arguments) =>
        arguments.Where(argument => argument.IsGenericParameter).SelectMany(argument => argument.GetGenericParameterConstraints());

    private static IEnumerable<Type?> OfBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return [];
        }

        Type[] types = method.DeclaringType!.GetGenericArguments();
        Type[] methods = method.IsGenericMethod ? method.GetGenericArguments() : [];
        return
        [
            .. body.LocalVariables.Select(local => local.LocalType),
            .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType),
            .. Tokens(body.GetILAsByteArray()!).SelectMany(token => OfNamed(method.Module.ResolveMember(token, types, methods))),
        ];
    }

    private static IEnumerable<Type?> OfNamed(MemberInfo? named) => named switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType, field.FieldType],
        MethodBase method => OfSignature(method),
        _ => [],
    };

    /// <summary>The metadata tokens among the operands of a method's instructions.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (int i = 0; i < code.Length;)
        {
            OpCode instruction = OpCodes[code[i] == 0xfe ? (short)(0xfe00 | code[i + 1]) : code[i]];
            i += instruction.Size;
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, i);
            }

            i += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Parts(Type? type) => type switch
    {
        null => [],
        { HasElementType: true } => Parts(type.GetElementType()),
        { IsGenericType: true } => [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)],
        _ => [type],
    };
}
